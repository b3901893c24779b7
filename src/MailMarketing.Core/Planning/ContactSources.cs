using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing;

/// <summary>The contact sources that are registered.</summary>
internal sealed class ContactSources(IEnumerable<ContactSource> sources, IServiceScopeFactory scopes)
{
    private readonly List<string> _names = [.. sources.Select(source => source.Name)];

    /// <summary>What is wrong with a name; null where it is a source's.</summary>
    public string? Judge(string name) => _names.Contains(name) ? null
        : _names.Count == 0 ? $"There is no contact source {name}; none is registered, add one by .AddContactSource<T>(\"{name}\")."
        : $"There is no contact source {name}; the sources are: {string.Join(", ", _names)}.";

    /// <summary>The people of a source as stores take them: null for one that is no valid contact.</summary>
    /// <exception cref="ContactSourceException">The source failed.</exception>
    public async IAsyncEnumerable<ContactData?> ReadAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var people = Open(scope.ServiceProvider, name, cancellationToken);
        while (await MoveAsync(people, name))
        {
            yield return people.Current is { } person && ContactRules.Check(person) is { Succeeded: true } valid ? valid.Value : null;
        }
    }

    private static IAsyncEnumerator<ContactData> Open(IServiceProvider services, string name, CancellationToken cancellationToken)
    {
        try
        {
            var source = services.GetRequiredKeyedService<IContactSource>(name);
            return source.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Failed(name, exception);
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ContactData> people, string name)
    {
        try
        {
            return await people.MoveNextAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Failed(name, exception);
        }
    }

    private static ContactSourceException Failed(string name, Exception exception) =>
        new($"Contact source {name} failed and nothing was changed: {exception.Message}", exception);
}
