namespace MailMarketing;

/// <summary>What the dashboard offers.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// Whether the overview of an empty store offers to add <see cref="SampleData"/>; false by default. Meant for trying the product out.
    /// </summary>
    public bool OfferSampleData { get; set; }

    /// <summary>
    /// Pages of the app's own for whoever is signed in, such as to change a password or to sign out; none by default. They stand in a menu
    /// at the top of every page, below the name of <c>HttpContext.User</c>.
    /// </summary>
    public IList<DashboardLink> AccountLinks { get; } = [];
}
