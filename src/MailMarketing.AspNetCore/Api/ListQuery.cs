using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace MailMarketing.AspNetCore.Api;

/// <summary>The query parameters that every list takes, or the 400 that names the wrong one.</summary>
internal sealed class ListQuery : IRefusable, IEndpointParameterMetadataProvider
{
    private ListQuery(PageRequest page, IResult? refusal) => (Page, Refusal) = (page, refusal);

    public PageRequest Page { get; }

    public IResult? Refusal { get; }

    /// <summary>Called by the framework for each handler's parameter of this type.</summary>
    public static ValueTask<ListQuery> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var page = new PageRequest { Cursor = Text(query, "cursor"), Search = Text(query, "search") };
        if (Text(query, "limit") is not { } text)
        {
            return new(new ListQuery(page, null));
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? new(new ListQuery(page with { Limit = limit }, null))
            : new(new ListQuery(page, ApiResults.BadRequest("limit", $"limit must be a whole number from 1 to {PageRequest.MaxLimit}.")));
    }

    /// <summary>Describes the parameters and their refusal for OpenAPI.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var described in ((Action<int?, string?, string?>)Describe).Method.GetParameters())
        {
            builder.Metadata.Add(new QueryParameter(described));
        }

        builder.Refuses(StatusCodes.Status400BadRequest);
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    private static void Describe(
        [Description("How many items at most; 50 where it is not given.")] [Range(1, PageRequest.MaxLimit)] int? limit,
        [Description("The nextCursor of the page before; leave it away for the first page.")] string? cursor,
        [Description("Text that an item's name or address contains, whatever its case.")] [MaxLength(1000)] string? search) =>
        _ = (limit, cursor, search);

    private sealed class QueryParameter(ParameterInfo parameter) : IParameterBindingMetadata
    {
        public string Name => parameter.Name!;

        public bool HasTryParse => true;

        public bool HasBindAsync => false;

        public ParameterInfo ParameterInfo => parameter;

        public bool IsOptional => true;
    }
}
