using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Turns the library's answers into HTTP's.</summary>
internal static class ApiResults
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ApiJson.Writing, statusCode: status);

    /// <summary>A result as it is to be shown, or the refusal.</summary>
    public static IResult Answer<T, TView>(Result<T> result, Func<T, TView> view, int status = StatusCodes.Status200OK)
        where T : class =>
        result.Succeeded ? Json(view(result.Value), status) : Of(result.Problem);

    /// <summary>A page of a list. What is wrong with the question stands in the address, which makes it a 400.</summary>
    public static IResult Answer<T, TView>(Result<Page<T>> page, Func<T, TView> view) => page switch
    {
        { Succeeded: true } => Json(new Page<TView>([.. page.Value.Items.Select(view)], page.Value.NextCursor)),
        { Problem.Kind: ProblemKind.Invalid } => Write(StatusCodes.Status400BadRequest, page.Problem),
        _ => Of(page.Problem),
    };

    /// <summary>No content, or the refusal.</summary>
    public static IResult Done<T>(Result<T> result)
        where T : class =>
        result.Succeeded ? Results.NoContent() : Of(result.Problem);

    public static IResult Done(bool existed, string thing, long id) => existed ? Results.NoContent() : NotFound(thing, id);

    public static IResult Found<T, TView>(T? value, Func<T, TView> view, string thing, long id)
        where T : class =>
        value is null ? NotFound(thing, id) : Json(view(value));

    public static IResult NotFound(string thing, long id) => Of(Problem.NotFound(thing, id));

    public static IResult BadRequest(string field, string message) =>
        Write(StatusCodes.Status400BadRequest, Problem.Invalid(field, message));

    public static IResult Of(Problem problem) => Write(
        problem.Kind switch
        {
            ProblemKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            ProblemKind.NotFound => StatusCodes.Status404NotFound,
            ProblemKind.Conflict => StatusCodes.Status409Conflict,
            ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            _ => StatusCodes.Status503ServiceUnavailable,
        },
        problem);

    private static IResult Write(int status, Problem problem) => Results.Problem(new ApiProblem
    {
        Status = status,
        Detail = problem.Detail,
        Errors = problem.Errors.Count > 0 ? problem.Errors : null,
        Mistakes = problem.Mistakes.Count > 0 ? [.. problem.Mistakes.Select(MistakeView.Of)] : null,
    });
}
