using MailMarketing.Templates.Scriban;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Registers the template languages of this package.</summary>
public static class MailMarketingScribanExtensions
{
    /// <summary>Adds the languages <c>scriban</c> and <c>braces</c> (placeholders such as <c>{name}</c>). Twice changes nothing.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the language and the time zone of contacts that say none.</param>
    public static MailMarketingBuilder UseScriban(this MailMarketingBuilder builder, Action<ScribanOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ScribanOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ScribanOptions>, ScribanOptionsValidator>());
        if (!builder.Services.Any(service => ReferenceEquals(service.ImplementationInstance, StarterTemplates.Newsletter)))
        {
            foreach (var starter in StarterTemplates.All)
            {
                builder.Services.AddSingleton(starter);
            }
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateRenderer, ScribanRenderer>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateRenderer, BracesRenderer>());
        return builder;
    }
}
