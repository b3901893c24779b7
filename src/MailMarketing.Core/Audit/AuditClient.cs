using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>Who changed what, and when. Entries are added and read, never changed.</summary>
public sealed class AuditClient
{
    // Larger things, such as the source of a template, are told by their beginning
    private const int MaxValue = 4000;

    private readonly IAuditStore? _store;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditClient> _logger;

    internal AuditClient(IAuditStore? store, TimeProvider time, ILogger<AuditClient> logger) => (_store, _time, _logger) = (store, time, logger);

    /// <summary>A page of entries by id: Invalid on <c>limit</c> or <c>cursor</c>. Empty where the storage keeps none.</summary>
    public Task<Result<Page<AuditEntry>>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _store?.ListAsync(page, cancellationToken) ?? Task.FromResult(new Page<AuditEntry>([], null)));

    /// <summary>
    /// Notes what <see cref="Actor.Current"/> did, for what the library does not note itself, such as a host's own sign-in. What cannot be
    /// written is an error in the log: the change was made all the same.
    /// </summary>
    /// <param name="action">A word for the thing and one for the deed: <c>person.invite</c>.</param>
    /// <param name="subject">What it was done to, for people; null where there is one such thing only.</param>
    /// <param name="before">What was there before, written as JSON; no secrets.</param>
    /// <param name="after">What is there now, written as JSON; no secrets.</param>
    /// <param name="cancellationToken">Gives up writing; a caller whose deed is done passes none.</param>
    public async Task RecordAsync(
        string action, string? subject, object? before, object? after, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(action);
        if (_store is null)
        {
            return;
        }

        var actor = Actor.Current;
        try
        {
            await _store.AppendAsync(
                new AuditEntry
                {
                    At = _time.GetUtcNow(), Actor = actor.Name, Address = actor.Address, Action = action, Subject = subject,
                    Before = Json(before), After = Json(after),
                },
                cancellationToken);
        }
        catch (MailMarketingException failure)
        {
            AuditLog.NotWritten(_logger, action, failure);
        }
    }

    private static string? Json(object? value) => value is null ? null
        : JsonSerializer.Serialize(value, JsonSerializerOptions.Web) is var text && text.Length > MaxValue ? text[..MaxValue] : text;
}
