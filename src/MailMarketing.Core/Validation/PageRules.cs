namespace MailMarketing;

/// <summary>What a request for a page must look like.</summary>
internal static class PageRules
{
    private const int MaxText = 1000;

    public static Problem? Check(PageRequest page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var errors = new FieldErrors();
        if (page.Limit is < 1 or > PageRequest.MaxLimit)
        {
            errors.Add("limit", $"The limit is {page.Limit}; it must be 1 to {PageRequest.MaxLimit}.");
        }

        errors.Add("search", page.Search is { } search ? TextRules.Line(search, "The search text", MaxText) : null);
        errors.Add("cursor", page.Cursor is { Length: > MaxText } ? new InvalidCursorException().Message : null);
        return errors.ToProblem();
    }

    /// <summary>Reads a page once the request is fit; a cursor that the list did not hand out is the caller's mistake.</summary>
    public static async Task<Result<Page<T>>> ReadAsync<T>(PageRequest page, Func<Task<Page<T>>> read)
    {
        if (Check(page) is { } problem)
        {
            return problem;
        }

        try
        {
            return await read();
        }
        catch (InvalidCursorException exception)
        {
            return Problem.Invalid("cursor", exception.Message);
        }
    }
}
