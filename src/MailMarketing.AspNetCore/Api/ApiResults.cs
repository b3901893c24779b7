using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Turns the library's answers into HTTP's.</summary>
internal static class ApiResults
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ApiJson.Options, statusCode: status);

    public static IResult NotFound(string thing, long id) => Of(Problem.NotFound(thing, id));

    public static IResult Found<T>(T? value, string thing, long id)
        where T : class =>
        value is null ? NotFound(thing, id) : Json(value);

    public static IResult Done(bool existed, string thing, long id) => existed ? Results.NoContent() : NotFound(thing, id);

    public static IResult BadRequest(string field, string message) =>
        Write(StatusCodes.Status400BadRequest, message, new Dictionary<string, string[]> { [field] = [message] }, []);

    public static IResult Of(Problem problem) => Write(
        problem.Kind switch
        {
            ProblemKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            ProblemKind.NotFound => StatusCodes.Status404NotFound,
            ProblemKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status503ServiceUnavailable,
        },
        problem.Detail,
        problem.Errors,
        problem.Mistakes);

    private static IResult Write(
        int status, string detail, IReadOnlyDictionary<string, string[]> errors, IReadOnlyList<TemplateMistake> mistakes)
    {
        var extensions = new Dictionary<string, object?>();
        if (errors.Count > 0)
        {
            extensions["errors"] = errors;
        }

        if (mistakes.Count > 0)
        {
            extensions["mistakes"] = mistakes.Select(mistake => new { mistake.Part, mistake.Line, mistake.Column, mistake.Message });
        }

        return Results.Problem(detail, statusCode: status, extensions: extensions);
    }
}
