namespace MailMarketing.Storage;

/// <summary>Words for an image that cannot be deleted.</summary>
internal static class MediaUses
{
    /// <summary>The refusal, where something shows the image.</summary>
    public static Problem? Judge(MediaFile file, IEnumerable<string> templates, IEnumerable<CampaignDraft> campaigns)
    {
        var uses = templates.Select(name => $"template {name}").Concat(campaigns.Select(draft => $"campaign {draft.Name}")).ToList();
        return uses.Count == 0
            ? null
            : Problem.Conflict(
                $"{file.Name} is shown by {string.Join(", ", uses)}: take it out there, and wait for campaigns to end, then delete it.");
    }
}
