namespace MailMarketing;

/// <summary>A call that carried an idempotency key.</summary>
/// <param name="Fingerprint">What the call asked for, hashed.</param>
/// <param name="Status">The HTTP status it was answered with; null while it is carried out.</param>
/// <param name="Body">The body of the answer; null while it is carried out.</param>
public sealed record RememberedCall(string Fingerprint, int? Status, string? Body);
