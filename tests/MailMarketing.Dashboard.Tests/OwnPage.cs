using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace MailMarketing.Dashboard.Tests;

/// <summary>A page, and the only one, of an app that uses Blazor itself.</summary>
[Route("/")]
public sealed class OwnPage : ComponentBase
{
    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "A page of the host.");
}
