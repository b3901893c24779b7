namespace MailMarketing.Dashboard.Pages.Contacts;

/// <summary>Where imported contacts go besides the contacts.</summary>
internal enum ImportTarget
{
    /// <summary>Into no segment.</summary>
    None,

    /// <summary>Into a segment that there is.</summary>
    Known,

    /// <summary>Into a segment made for them.</summary>
    New,
}
