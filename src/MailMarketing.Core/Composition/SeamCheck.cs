using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailMarketing;

/// <summary>Looks, before anything else starts, whether every seam has an implementation, and tells all that are missing at once.</summary>
internal sealed class SeamCheck(IServiceProvider services) : IHostedLifecycleService
{
    private static readonly Type[] MarketingStores =
    [
        typeof(IContactStore), typeof(ISuppressionStore), typeof(ISegmentStore), typeof(ITemplateStore), typeof(ICampaignStore),
        typeof(ICampaignSchedule), typeof(IDeliveryStore),
    ];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var lanes = services.GetServices<Lane>().ToList();
        var mistakes = Missing(services.GetRequiredService<IServiceProviderIsService>(), lanes)
            .Concat(WrongOptions(lanes)).Concat(WrongTemplates()).ToList();
        return mistakes.Count == 0
            ? Task.CompletedTask
            : throw new MailMarketingException(
                $"MailMarketing cannot start:{Environment.NewLine}- {string.Join($"{Environment.NewLine}- ", mistakes)}");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<string> Missing(IServiceProviderIsService registered, List<Lane> lanes)
    {
        var remote = registered.IsService(typeof(IRemoteSender));

        // A host that only sends has a queue and settings, and none of the marketing side's stores.
        var sendsOnly = !remote && registered.IsService(typeof(ISendQueue)) && !MarketingStores.Any(registered.IsService);
        IEnumerable<Type> stores = sendsOnly ? [] : MarketingStores;
        stores = stores.Append(typeof(ISendQueue));
        stores = remote ? stores : stores.Append(typeof(ISenderSettingsStore));
        var missing = stores.Where(store => !registered.IsService(store)).Select(store => store.Name).ToList();
        if (missing.Count > 0)
        {
            yield return $"There is no storage for {string.Join(", ", missing)}: add .UseSqlite(\"Data Source=mail.db\").";
        }

        if (!registered.IsService(typeof(ITemplateRenderer)))
        {
            yield return "There is no ITemplateRenderer: add .UseScriban().";
        }

        if (lanes.Count == 0 && !remote)
        {
            yield return "There is no lane to send through: add .AddHttpGateway(\"default\", o => o.Endpoint = new(\"https://…\")).";
        }
    }

    private IEnumerable<string> WrongTemplates()
    {
        var templates = services.GetServices<CodeTemplate>().ToList();
        var languages = services.GetRequiredService<TemplateLanguages>();
        var parts = services.GetRequiredService<CodeTemplates>().Parts;
        var surroundings = new TemplateSurroundings { Parts = parts, Model = services.GetRequiredService<ContactModel>() };
        foreach (var (name, source) in templates)
        {
            var problem = TemplateRules.Check(name, source) ?? (languages.Find(source.Language) is ITemplateBuilder builder
                ? builder.Build(source, surroundings) is { Source: null } build
                    ? TemplateLanguages.Refuse([.. build.Mistakes.Where(TemplateBuilds.IsError)])
                    : null
                : languages.Check(source));
            if (Files(source) is { } wrong)
            {
                yield return $"Template {name}: {wrong}";
            }

            foreach (var mistake in problem?.Errors.Values.SelectMany(messages => messages) ?? [])
            {
                yield return $"Template {name}: {mistake}";
            }
        }
    }

    private string? Files(TemplateSource source) =>
        source.Attachments is not { Count: > 0 } files ? null
        : files.Any(file => !file.IsLoaded) ? "A file has no content: make it with Attachment.Of(…)."
        : AttachmentRules.Judge(files) ?? services.GetRequiredService<AttachmentsClient>().JudgeAmount(files);

    private IEnumerable<string> WrongOptions(List<Lane> lanes)
    {
        foreach (var lane in lanes)
        {
            var options = lane.Options(services);
            var results = new List<ValidationResult>();
            if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
            {
                foreach (var result in results)
                {
                    yield return $"Lane {lane.Name}: {result.ErrorMessage}";
                }
            }
        }
    }
}
