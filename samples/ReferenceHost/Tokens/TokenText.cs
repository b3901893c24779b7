using ReferenceHost.People;

namespace ReferenceHost.Tokens;

/// <summary>What a token looks like: <c>mm_</c>, 256 random bits, and a checksum that tells a misspelt one without asking the store.</summary>
internal static class TokenText
{
    private const string Prefix = "mm_";
    private const int ChecksumLength = 8;

    public static string New()
    {
        var body = Prefix + Secrets.New();
        return body + Checksum(body);
    }

    public static bool IsOne(string text) => text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.Length > Prefix.Length + ChecksumLength
        && text[^ChecksumLength..] == Checksum(text[..^ChecksumLength]);

    // No secret: it only finds mistakes
    private static string Checksum(string body) => Secrets.Hash(body)[..ChecksumLength];
}
