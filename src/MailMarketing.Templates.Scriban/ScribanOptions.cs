namespace MailMarketing;

/// <summary>How templates write dates, numbers and money where a contact does not say.</summary>
public class ScribanOptions
{
    /// <summary>The language of contacts without an attribute <c>language</c>, such as <c>de</c> or <c>en-GB</c>; default <c>en</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>The time zone of contacts without an attribute <c>time_zone</c>, such as <c>Europe/Berlin</c>; default <c>UTC</c>.</summary>
    public string TimeZone { get; set; } = "UTC";
}
