namespace MailMarketing;

/// <summary>
/// Remembers calls that carried an <c>Idempotency-Key</c>, so that one that is repeated after a lost answer is answered as the first time
/// (IETF draft <c>draft-ietf-httpapi-idempotency-key-header</c>). What is older than 24 hours is forgotten.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>
    /// Takes a key for a call. Null where it is taken now: the caller carries the call out, then calls <see cref="EndAsync"/>. Otherwise
    /// what is known of the call that has it. One that was begun over a minute ago by the same call and never ended is taken again.
    /// </summary>
    /// <param name="key">The key, 1 to 255 characters.</param>
    /// <param name="fingerprint">Tells calls apart: a hash of what the call asks for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<RememberedCall?> BeginAsync(string key, string fingerprint, CancellationToken cancellationToken);

    /// <summary>Writes down how the call was answered; a null <paramref name="body"/> forgets the key, so that the call can be made again.</summary>
    Task EndAsync(string key, int status, string? body, CancellationToken cancellationToken);
}
