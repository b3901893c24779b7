namespace MailMarketing.Dashboard.Pages.Contacts;

/// <summary>What the value of an attribute is.</summary>
public enum AttributeType
{
    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A JSON number, kept digit by digit.</summary>
    Number,

    /// <summary>True or false.</summary>
    TrueFalse,

    /// <summary>Anything else: null, a list, an object.</summary>
    Json,
}
