using System.Text.RegularExpressions;

namespace MailMarketing.AspNetCore.Tests.Services;

/// <summary>Knows placeholders such as <c>{name}</c> and refuses unknown names.</summary>
internal sealed partial class FakeRenderer : ITemplateRenderer
{
    public string Language => "braces";

    public IReadOnlyList<TemplateMistake> Check(TemplateSource source, IReadOnlySet<string> knownFields) =>
    [
        .. Placeholder().Matches(source.Text ?? "")
            .Where(match => !knownFields.Contains(match.Groups[1].Value))
            .Select(match => new TemplateMistake("text", 1, match.Index + 1, $"There is no field {match.Groups[1].Value}.")),
    ];

    public ICompiledTemplate Compile(TemplateSource source) => throw new NotSupportedException();

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
