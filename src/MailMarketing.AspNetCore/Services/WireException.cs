namespace MailMarketing.AspNetCore;

/// <summary>A body that does not say what the protocol asks for.</summary>
/// <param name="place">Where, such as <c>jobs[3].email</c>; null for the body as a whole.</param>
/// <param name="why">What is wrong, as a sentence.</param>
internal sealed class WireException(string? place, string why) : Exception(place is null ? why : $"{place}: {why}")
{
    public string? Place { get; } = place;

    public string Why { get; } = why;
}
