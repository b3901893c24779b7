using MailMarketing.Templates.Scriban;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailMarketing;

/// <summary>Registers the template languages of this package.</summary>
public static class MailMarketingScribanExtensions
{
    /// <summary>Adds the languages <c>scriban</c> and <c>braces</c> (placeholders such as <c>{name}</c>). Twice changes nothing.</summary>
    public static MailMarketingBuilder UseScriban(this MailMarketingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateRenderer, ScribanRenderer>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateRenderer, BracesRenderer>());
        return builder;
    }
}
