namespace MailMarketing;

/// <summary>What a segment must look like.</summary>
internal static class SegmentRules
{
    public static Problem? Check(string name) =>
        TextRules.RequiredName(name, "The name") is { } mistake ? Problem.Invalid("name", mistake) : null;
}
