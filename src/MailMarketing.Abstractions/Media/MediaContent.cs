namespace MailMarketing;

/// <summary>The bytes of an image.</summary>
/// <param name="ContentType">What it is.</param>
/// <param name="Bytes">All of it.</param>
public sealed record MediaContent(string ContentType, byte[] Bytes);
