using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace MailMarketing.AspNetCore;

/// <summary>What a service answers when it refuses: <c>error</c> for every caller, ProblemDetails members beside it.</summary>
internal sealed record ServiceAnswer(string Error, string Type, string Title, int Status, string Detail)
{
    /// <summary>The mistakes by place in the body; null where none is to blame.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public static IResult Refuse(int status, string error) => Refuse(status, error, errors: null);

    public static IResult Refuse(WireException mistake) =>
        Refuse(
            StatusCodes.Status400BadRequest,
            mistake.Message,
            mistake.Place is { } place ? new Dictionary<string, string[]> { [place] = [mistake.Why] } : null);

    public static IResult Refuse(int status, string error, IReadOnlyDictionary<string, string[]>? errors) =>
        Results.Json(
            new ServiceAnswer(error, "about:blank", ReasonPhrases.GetReasonPhrase(status), status, error)
            {
                Errors = errors,
            },
            ServiceJson.Default.ServiceAnswer,
            contentType: "application/problem+json",
            statusCode: status);
}

/// <summary>Jobs are stored.</summary>
/// <param name="Queue">The queue's incarnation.</param>
internal sealed record AcceptedAnswer(string Queue);

/// <summary>Control was applied; says nothing more.</summary>
internal sealed record ControlAnswer;

/// <summary>Reports were joined in, except for these.</summary>
internal sealed record ReportAnswer(IReadOnlyList<RejectedReport> Rejected);

/// <summary>A report that could not be applied.</summary>
/// <param name="Id">As it came; null where it could not be read.</param>
/// <param name="Entry">Its place, such as <c>success[3]</c>.</param>
/// <param name="Reason">Why.</param>
internal sealed record RejectedReport(JsonNode? Id, string? Entry, string Reason);
