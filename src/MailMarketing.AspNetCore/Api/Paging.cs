using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore.Api;

/// <summary>The query parameters that every list takes.</summary>
internal static class Paging
{
    /// <summary>Reads <c>limit</c>, <c>cursor</c> and <c>search</c>; null with a refusal where the limit is no whole number.</summary>
    public static PageRequest? Read(HttpRequest request, out IResult? refusal)
    {
        refusal = null;
        var limit = new PageRequest().Limit;
        if (request.Query["limit"].ToString() is { Length: > 0 } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit))
        {
            refusal = ApiResults.BadRequest("limit", $"limit must be a whole number from 1 to {PageRequest.MaxLimit}.");
            return null;
        }

        return new PageRequest { Limit = limit, Cursor = Text(request, "cursor"), Search = Text(request, "search") };
    }

    public static IResult Answer<T, TItem>(Result<Page<T>> page, Func<T, TItem> item) =>
        page.Succeeded
            ? ApiResults.Json(new { items = page.Value.Items.Select(item), nextCursor = page.Value.NextCursor })
            : page.Problem.Errors.ContainsKey("limit") || page.Problem.Errors.ContainsKey("cursor")
                ? ApiResults.BadRequest(page.Problem.Errors.Keys.First(), page.Problem.Detail)
                : ApiResults.Of(page.Problem);

    private static string? Text(HttpRequest request, string name) =>
        request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
