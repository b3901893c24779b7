using System.Reflection;
using System.Runtime.CompilerServices;

namespace MailMarketing.Architecture.Tests;

/// <summary>What packages show to those who use them.</summary>
public class SurfaceTests
{
    private const string Root = "MailMarketing";

    // Packages whose public types have a namespace of their own: Razor makes every component public, and test doubles are not for apps.
    private static readonly string[] Apart = ["MailMarketing.Dashboard", "MailMarketing.Testing"];

    // Whoever makes a type of Core public says so here.
    private static readonly string[] PublicInCore =
    [
        "AccessPolicies", "Actor", "AttachmentsClient",
        "AuditClient", "CampaignsClient", "ContactsClient", "DeliveriesClient", "DeliveryResolution",
        "IRemoteSender", "KeyRingExtensions", "LaneState", "LaneView", "MailMarketingClient", "MailMarketingOptions",
        "MailMarketingServiceCollectionExtensions", "MailMarketingTelemetry", "MediaClient", "Preflight", "PreflightItem", "PreflightLevel",
        "SegmentsClient", "SenderSettingsPatch",
        "SenderSettingsView", "SendingOptions", "SettingsClient", "SettingsCopyExtensions", "SingleEmail", "TemplateComparison",
        "TemplateLine", "TemplateLineChange", "TemplateVocabulary", "TemplatesClient",
    ];

    public static TheoryData<Package> Packages => [.. Package.All];

    [Fact]
    public void Everything_public_in_Core_is_on_purpose() =>
        Assert.Equal(PublicInCore, Package.Core.Assembly.GetExportedTypes().Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_engine_is_internal_and_sealed()
    {
        var engine = Package.Core.Assembly.GetTypes()
            .Where(type => type.Namespace == "MailMarketing.Engine" && !type.IsDefined(typeof(CompilerGeneratedAttribute))).ToList();

        Assert.NotEmpty(engine);
        Breaches.None(
            "The engine's types are internal, its classes sealed.",
            engine.Where(type => type.IsVisible || (type.IsClass && !type.IsSealed)));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_types_live_in_the_namespace_that_users_import(Package package)
    {
        Breaches.None(
            $"Public types of {package} live in the namespace {Root}.",
            package.Assembly.GetExportedTypes().Where(type => type.Namespace != Root && !IsApart(type)));

        bool IsApart(Type type) =>
            Apart.Contains(package.Name) && $"{type.Namespace}.".StartsWith(package.Name + ".", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Extension_methods_need_no_further_import(Package package) => Breaches.None(
        $"Extension methods live in {Root}.",
        PublicMethods(package).Where(method => method.IsDefined(typeof(ExtensionAttribute)) && method.DeclaringType!.Namespace != Root)
            .Select(Name));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Async_members_end_in_a_required_CancellationToken(Package package)
    {
        Breaches.None(
            "Async members end in a required CancellationToken.",
            PublicMethods(package).Where(method => IsAsync(method) && !IsOfPage(method) && !CanBeCancelled(method)).Select(Name));

        // A part of a page ends with its page.
        static bool IsOfPage(MethodInfo method) => Ancestors(method.DeclaringType).Any(type => type.Name == "ComponentBase");

        static IEnumerable<Type> Ancestors(Type? type)
        {
            for (; type is not null; type = type.BaseType)
            {
                yield return type;
            }
        }

        // Who disposes waits for the end.
        static bool IsAsync(MethodInfo method) => method.Name != nameof(IAsyncDisposable.DisposeAsync)
            && (method.Name.EndsWith("Async", StringComparison.Ordinal) || IsAwaitable(method.ReturnType));

        static bool CanBeCancelled(MethodInfo method) =>
            method.GetParameters().LastOrDefault() is { IsOptional: false } last && last.ParameterType == typeof(CancellationToken);
    }

    private static IEnumerable<MethodInfo> PublicMethods(Package package) => package.Assembly.GetExportedTypes().SelectMany(type =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static bool IsAwaitable(Type type)
    {
        type = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return typeof(Task).IsAssignableFrom(type)
            || type == typeof(ValueTask) || type == typeof(ValueTask<>) || type == typeof(IAsyncEnumerable<>);
    }
}
