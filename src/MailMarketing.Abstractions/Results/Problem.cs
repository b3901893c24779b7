namespace MailMarketing;

/// <summary>Why a call was refused and what to do about it, in words a person can act on.</summary>
/// <param name="Kind">The class of the refusal.</param>
/// <param name="Detail">One or two sentences: what is wrong and the remedy.</param>
public sealed record Problem(ProblemKind Kind, string Detail)
{
    /// <summary>The messages by field, named as the API names them (camelCase); empty where no field is to blame.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The mistakes of a template, each with its place; empty unless a template was refused.</summary>
    public IReadOnlyList<TemplateMistake> Mistakes { get; init; } = [];

    /// <summary>A field that does not validate.</summary>
    public static Problem Invalid(string field, string message) =>
        new(ProblemKind.Invalid, message) { Errors = new Dictionary<string, string[]> { [field] = [message] } };

    /// <summary>Several fields that do not validate.</summary>
    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(ProblemKind.Invalid, string.Join(' ', errors.Values.SelectMany(messages => messages))) { Errors = errors };

    /// <summary>A thing that does not exist.</summary>
    public static Problem NotFound(string thing, long id) => new(ProblemKind.NotFound, $"There is no {thing} {id}.");

    /// <summary>A call that the present state does not allow.</summary>
    public static Problem Conflict(string detail) => new(ProblemKind.Conflict, detail);

    /// <summary>A value that something else already has.</summary>
    public static Problem Conflict(string field, string message) =>
        new(ProblemKind.Conflict, message) { Errors = new Dictionary<string, string[]> { [field] = [message] } };

    /// <summary>A part that cannot be reached now.</summary>
    public static Problem Unavailable(string detail) => new(ProblemKind.Unavailable, detail);
}
