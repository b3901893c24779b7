namespace MailMarketing;

/// <summary>What the dashboard offers.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// Whether the overview of an empty store offers to add <see cref="SampleData"/>; false by default. Meant for trying the product out.
    /// </summary>
    public bool OfferSampleData { get; set; }
}
