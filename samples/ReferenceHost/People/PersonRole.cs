namespace ReferenceHost.People;

/// <summary>What a person, or an API token, may do; each may all that the ones before may.</summary>
public enum PersonRole
{
    /// <summary>May look.</summary>
    Viewer,

    /// <summary>May change contacts, segments and templates, and send campaigns.</summary>
    Marketer,

    /// <summary>May change settings, people and tokens.</summary>
    Administrator,
}
