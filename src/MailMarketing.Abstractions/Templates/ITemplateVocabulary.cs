namespace MailMarketing;

/// <summary>A language that tells its words, so that editors can offer them.</summary>
public interface ITemplateVocabulary : ITemplateRenderer
{
    /// <summary>Statements and constants, such as <c>if</c> and <c>true</c>.</summary>
    IReadOnlyList<string> Keywords { get; }

    /// <summary>Functions as they are called, such as <c>string.upcase</c>.</summary>
    IReadOnlyList<string> Functions { get; }
}
