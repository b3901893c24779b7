using System.Runtime.CompilerServices;

namespace MailMarketing.Core.Tests.Client;

/// <summary>An app's users, and how often they were asked for.</summary>
internal sealed class FakeMembers
{
    public List<ContactData> People { get; } = [];

    public Exception? Fails { get; set; }

    public int Open { get; set; }

    public int Opened { get; set; }
}

/// <summary>Needs a scope, as what reads a database does.</summary>
internal sealed class FakeMemberSource : IContactSource, IDisposable
{
    private readonly FakeMembers _members;

    public FakeMemberSource(FakeMembers members)
    {
        _members = members;
        (members.Open, members.Opened) = (members.Open + 1, members.Opened + 1);
    }

    public async IAsyncEnumerable<ContactData> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var person in _members.People)
        {
            await Task.Yield();
            yield return person;
        }

        if (_members.Fails is not null)
        {
            throw _members.Fails;
        }
    }

    public void Dispose() => _members.Open--;
}
