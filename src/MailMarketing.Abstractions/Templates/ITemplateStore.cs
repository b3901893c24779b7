namespace MailMarketing;

/// <summary>Keeps templates; names are unique, whatever their case.</summary>
public interface ITemplateStore
{
    /// <summary>Adds a template; Conflict on <c>name</c> where the name exists.</summary>
    Task<Result<EmailTemplate>> AddAsync(string name, TemplateSource source, CancellationToken cancellationToken);

    /// <summary>The template, or null.</summary>
    Task<EmailTemplate?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>Replaces a template and raises its version: NotFound, or Conflict on <c>name</c>. Running campaigns keep what they froze.</summary>
    Task<Result<EmailTemplate>> UpdateAsync(long id, string name, TemplateSource source, CancellationToken cancellationToken);

    /// <summary>Deletes a template; false where there is none. Campaigns that froze it are not touched.</summary>
    Task<bool> DeleteAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of templates by id.</summary>
    Task<Page<EmailTemplate>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>How many templates there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);
}
