namespace MailMarketing;

/// <summary>Gathers what is wrong with a call's fields, so that all of it is told at once.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _errors = [];

    public void Add(string field, string? mistake)
    {
        if (mistake is not null)
        {
            if (!_errors.TryGetValue(field, out var messages))
            {
                _errors[field] = messages = [];
            }

            messages.Add(mistake);
        }
    }

    /// <summary>The problem; null where nothing is wrong.</summary>
    public Problem? ToProblem() =>
        _errors.Count == 0 ? null : Problem.Invalid(_errors.ToDictionary(error => error.Key, error => error.Value.ToArray()));
}
