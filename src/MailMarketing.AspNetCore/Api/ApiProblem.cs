using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A refusal as the API tells it: ProblemDetails with the fields, or a template's places, that are to blame.</summary>
internal sealed class ApiProblem : ProblemDetails
{
    [Description("What is wrong, by the name of the field.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    [Description("What is wrong with a template, by its place.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MistakeView>? Mistakes { get; init; }
}
