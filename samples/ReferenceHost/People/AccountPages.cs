using MailMarketing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using ReferenceHost.People.Pages;

namespace ReferenceHost.People;

/// <summary>Answers with a page.</summary>
internal static class AccountPages
{
    public static IResult Show<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new RazorComponentResult<TPage>(parameters) { StatusCode = status };

    public static IResult Notice(string title, string text, int status = StatusCodes.Status200OK) =>
        Show<NoticePage>(new { Title = title, Text = text }, status);

    public static int StatusOf(Problem? problem) => problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
}
