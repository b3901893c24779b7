using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>What the host answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, string? Type, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public long Id => Json.GetProperty("id").GetInt64();

    public string? NextCursor => Json.GetProperty("nextCursor").GetString();

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("items").EnumerateArray()];

    /// <summary>The answer itself, once it is known to be a success.</summary>
    public Answer Succeeded(HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Body}");
        return this;
    }

    /// <summary>Asserts a refusal in words; gives what is said of the field, or as a whole.</summary>
    public string Refused(HttpStatusCode status, string? field = null)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Body}");
        Assert.Equal("application/problem+json", Type);
        Assert.Equal((int)status, Json.GetProperty("status").GetInt32());
        var detail = Json.GetProperty("detail").GetString();
        Assert.False(string.IsNullOrEmpty(detail), Body);
        if (field is null)
        {
            return detail;
        }

        Assert.True(Json.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out _), $"No error on {field}: {Body}");
        return Assert.Single(Json.GetProperty("errors").GetProperty(field).EnumerateArray()).GetString()!;
    }
}
