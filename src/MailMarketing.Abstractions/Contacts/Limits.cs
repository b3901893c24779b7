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

    /// <summary>A message as it is sent, with its files, in bytes: 10 MiB. Many receivers take no more.</summary>
    public const int Message = 10 * 1024 * 1024;

    /// <summary>Files that a message carries.</summary>
    public const int Attachments = 20;

    /// <summary>What a file is called, in characters.</summary>
    public const int FileName = 128;

    /// <summary>A header's value, in bytes (RFC 5322, 2.1.1).</summary>
    public const int HeaderValue = 998;

    /// <summary>Custom headers of a message.</summary>
    public const int Headers = 30;

    /// <summary>A contact's attributes as JSON, in bytes: 64 KiB.</summary>
    public const int Attributes = 64 * 1024;
}
