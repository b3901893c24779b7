namespace MailMarketing;

/// <summary>What a draft must look like, whether or not it is ready to start.</summary>
internal static class CampaignRules
{
    private const int MaxSegments = 100;

    /// <summary>The draft with its texts trimmed, or what is wrong with it.</summary>
    /// <param name="draft">What a person said.</param>
    /// <param name="lanes">The lanes of this process; empty where another process sends.</param>
    /// <param name="sources">The contact sources.</param>
    /// <param name="code">The templates in code.</param>
    public static Result<CampaignDraft> Check(CampaignDraft draft, IReadOnlyList<string> lanes, ContactSources sources, CodeTemplates code)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var errors = new FieldErrors();
        errors.Add("name", TextRules.RequiredName(draft.Name, "The name"));
        errors.Add("templateId", draft.TemplateId > 0 || (draft.TemplateId is null && draft.TemplateName is not null)
            ? null : "The template is required.");
        errors.Add("templateName", JudgeName(draft, code));
        errors.Add("subject", string.IsNullOrEmpty(draft.Subject) ? null : TextRules.Subject(draft.Subject));
        errors.Add("segmentIds", JudgeSegments(draft.SegmentIds));
        errors.Add("source", draft.Source is { } source ? TextRules.RequiredName(source, "The source") ?? sources.Judge(source) : null);
        errors.Add("excludeSegmentIds", JudgeSegments(draft.ExcludeSegmentIds));
        if (!Enum.IsDefined(draft.Policy))
        {
            errors.Add("policy", "The policy must be atMostOnce or atLeastOnce.");
        }

        if (draft.Lane is { } lane)
        {
            errors.Add("lane", TextRules.RequiredName(lane, "The lane") ?? JudgeLane(lane, lanes));
        }

        return errors.ToProblem() is { } problem
            ? problem
            : draft with
            {
                Name = draft.Name.Trim(),
                TemplateName = draft.TemplateName is { } template ? code.Find(template)!.Name : null,
                Subject = TextRules.Trim(draft.Subject),
                SegmentIds = [.. draft.SegmentIds.Distinct()],
                ExcludeSegmentIds = [.. draft.ExcludeSegmentIds.Distinct()],
            };
    }

    private static string? JudgeName(CampaignDraft draft, CodeTemplates code) => draft switch
    {
        { TemplateName: null } => null,
        { TemplateId: not null } => "Give the id of a stored template or the name of one in code, not both.",
        { TemplateName: { } name } => TextRules.RequiredName(name, "The template's name") ?? code.Judge(name),
    };

    private static string? JudgeSegments(IReadOnlyList<long>? ids) => ids switch
    {
        null => "The list of segments must not be null; leave it empty for none.",
        { Count: > MaxSegments } => $"There are {ids.Count} segments; at most {MaxSegments} can be named.",
        _ => null,
    };

    private static string? JudgeLane(string lane, IReadOnlyList<string> lanes) =>
        lanes.Count == 0 || lanes.Contains(lane, StringComparer.Ordinal)
            ? null
            : $"There is no lane {lane}; the lanes are: {string.Join(", ", lanes)}.";
}
