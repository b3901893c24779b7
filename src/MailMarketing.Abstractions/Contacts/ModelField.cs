namespace MailMarketing;

/// <summary>A field of a contact as templates may use it.</summary>
/// <param name="Kind">What it holds.</param>
public sealed record ModelField(ModelKind Kind)
{
    /// <summary>Anything, possibly nothing.</summary>
    public static ModelField Free { get; } = new(ModelKind.Any) { IsOptional = true };

    /// <summary>Whether a contact may lack it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What a list holds; null for anything.</summary>
    public ModelField? Item { get; init; }

    /// <summary>The members by name; null where they are free.</summary>
    public IReadOnlyDictionary<string, ModelField>? Members { get; init; }
}
