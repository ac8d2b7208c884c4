using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Site;

/// <summary>The installation itself: one row, made at the first start. Its id never changes, whatever the domain does.</summary>
public sealed class SiteProfile
{
    public const int MaxNameLength = 80;
    public const int MaxTaglineLength = 160;
    public const string DefaultName = "Kinopress";

    private SiteProfile()
    {
    }

    /// <summary>A random UUIDv4: it is public, so it says nothing of when the site was made.</summary>
    public Guid Id { get; private set; }

    public string Name { get; private set; } = DefaultName;

    /// <summary>One line under the name; null when there is none.</summary>
    public string? Tagline { get; private set; }

    /// <summary>BCP 47.</summary>
    public string Language { get; private set; } = "en";

    /// <summary>Whether strangers may make accounts.</summary>
    public bool RegistrationOpen { get; private set; }

    /// <summary>When its owner finished the setup; null before.</summary>
    public DateTimeOffset? SetUpAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static SiteProfile Create(Guid id, DateTimeOffset now) => new() { Id = id, CreatedAt = now };

    public void CompleteSetup(string name, DateTimeOffset now)
    {
        Name = name;
        SetUpAt = now;
    }

    public void Edit(string name, string? tagline, bool registrationOpen)
    {
        Name = name;
        Tagline = tagline;
        RegistrationOpen = registrationOpen;
    }
}

internal sealed class SiteProfileModel : IEntityTypeConfiguration<SiteProfile>
{
    public void Configure(EntityTypeBuilder<SiteProfile> builder)
    {
        builder.ToTable("sites");
        builder.HasKey(site => site.Id);
        builder.Property(site => site.Name).HasMaxLength(SiteProfile.MaxNameLength * 4);
        builder.Property(site => site.Tagline).HasMaxLength(SiteProfile.MaxTaglineLength * 4);
        builder.Property(site => site.Language).HasMaxLength(35);
    }
}
