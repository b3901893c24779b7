namespace MailMarketing;

/// <summary>What a field of a contact holds.</summary>
public enum ModelKind
{
    /// <summary>Anything.</summary>
    Any = 0,

    /// <summary>Text.</summary>
    Text = 1,

    /// <summary>A number.</summary>
    Number = 2,

    /// <summary>True or false.</summary>
    Bool = 3,

    /// <summary>A day or a moment, as text in ISO 8601.</summary>
    Date = 4,

    /// <summary>Several of <see cref="ModelField.Item"/>.</summary>
    List = 5,

    /// <summary>Something with <see cref="ModelField.Members"/>.</summary>
    Nested = 6,
}
