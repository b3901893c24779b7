namespace MailMarketing;

/// <summary>The longest that things may be.</summary>
public static class Limits
{
    /// <summary>Names of contacts, segments, templates and campaigns, in characters.</summary>
    public const int Name = 128;

    /// <summary>A subject, in Unicode code points.</summary>
    public const int Subject = 255;

    /// <summary>The source of one part of a template, in bytes of UTF-8: 256 KiB.</summary>
    public const int TemplateSource = 256 * 1024;

    /// <summary>A rendered part, in characters: 512 KiB.</summary>
    public const int RenderedPart = 512 * 1024;

    /// <summary>A header's value, in bytes (RFC 5322, 2.1.1).</summary>
    public const int HeaderValue = 998;

    /// <summary>Custom headers of a message.</summary>
    public const int Headers = 30;

    /// <summary>A contact's attributes as JSON, in bytes: 64 KiB.</summary>
    public const int Attributes = 64 * 1024;
}
