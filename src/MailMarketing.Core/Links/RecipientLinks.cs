namespace MailMarketing;

/// <summary>Gives a job's recipient the links of its own, just before the job is rendered or handed over.</summary>
internal sealed class RecipientLinks(UnsubscribeLinks links)
{
    /// <summary>The job with every link field there: links of ours, those it came with, or null where there are none.</summary>
    public SendJob AddTo(SendJob job)
    {
        var fields = new Dictionary<string, object?>(job.Fields.Count + 3, StringComparer.Ordinal);
        foreach (var (name, value) in job.Fields)
        {
            fields.Add(name, value);
        }

        var url = job.Content.PublicUrl is { } address && job.JobId.AsDeliveryId() is { } delivery
            && fields.GetValueOrDefault("user_id") is long contact
                ? links.For(address, delivery, contact, job.Content.FrozenAt)
                : null;
        fields.TryAdd("unsubscribe_url", url);

        // The page behind the unsubscribe link is where people choose.
        fields.TryAdd("preferences_url", url);
        fields.TryAdd("view_url", null);
        return job with { Fields = fields };
    }

    /// <summary>A block with the links of each job.</summary>
    public SendBlock? AddTo(SendBlock? block) => block is null ? null : block with { Jobs = [.. block.Jobs.Select(AddTo)] };
}
