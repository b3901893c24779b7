namespace MailMarketing;

/// <summary>An address that gets no campaign, whatever contact it belongs to, now or later.</summary>
/// <param name="EmailKey">The address by its <see cref="EmailAddress.Key"/>.</param>
/// <param name="Reason">Why, in a person's words.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record Suppression(string EmailKey, string Reason, DateTimeOffset CreatedAt);
