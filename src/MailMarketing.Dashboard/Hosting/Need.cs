namespace MailMarketing.Dashboard.Hosting;

/// <summary>What a page or an action asks of a visitor who may look.</summary>
public enum Need
{
    /// <summary>To change contacts, segments, templates and campaigns.</summary>
    Write,

    /// <summary>To change the sender's settings.</summary>
    Settings,

    /// <summary>To change a gateway's credentials.</summary>
    Credentials,
}
