using System.Data.Common;
using Kinopress.Core.Events;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Features.Uploads;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Data;

/// <summary>
/// The site's database. One sealed subclass per provider; nothing outside <c>Data/Sqlite</c> and
/// <c>Data/Postgres</c> knows which one it talks to. Not thread-safe: one context per request or job.
/// </summary>
public abstract class KinopressDbContext(DbContextOptions options, ChangeSignal changes) : DbContext(options)
{
    public DbSet<SiteProfile> Sites => Set<SiteProfile>();

    public DbSet<SiteKey> SiteKeys => Set<SiteKey>();

    public DbSet<SetupLink> SetupLinks => Set<SetupLink>();

    public DbSet<User> Users => Set<User>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<Channel> Channels => Set<Channel>();

    public DbSet<Video> Videos => Set<Video>();

    public DbSet<VideoSource> VideoSources => Set<VideoSource>();

    public DbSet<VideoCounter> VideoCounters => Set<VideoCounter>();

    public DbSet<Original> Originals => Set<Original>();

    public DbSet<Rendition> Renditions => Set<Rendition>();

    public DbSet<RenditionChunk> RenditionChunks => Set<RenditionChunk>();

    public DbSet<VideoImage> VideoImages => Set<VideoImage>();

    public DbSet<VideoChapter> VideoChapters => Set<VideoChapter>();

    public DbSet<Live> Lives => Set<Live>();

    public DbSet<LiveSession> LiveSessions => Set<LiveSession>();

    public DbSet<LiveClipSource> LiveClipSources => Set<LiveClipSource>();

    public DbSet<LiveMarker> LiveMarkers => Set<LiveMarker>();

    public DbSet<ChatMessage> ChatMessages => Set<ChatMessage>();

    public DbSet<ChatEmote> ChatEmotes => Set<ChatEmote>();

    public DbSet<ChatRestriction> ChatRestrictions => Set<ChatRestriction>();

    public DbSet<LiveChat> LiveChats => Set<LiveChat>();

    public DbSet<Destination> Destinations => Set<Destination>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<OutboxEvent> Outbox => Set<OutboxEvent>();

    public DbSet<EventPosition> EventPositions => Set<EventPosition>();

    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    /// <summary>The last migration this version knows.</summary>
    public abstract string LatestMigration { get; }

    /// <summary>True when a statement failed because its table is not there.</summary>
    public abstract bool IsMissingTable(DbException exception);

    /// <summary>Writes down what happened, in the same transaction as the change itself.</summary>
    public void Record<TEvent>(TEvent happened, DateTimeOffset at)
        where TEvent : SiteEvent => Outbox.Add(OutboxEvent.Of(happened, at));

    public sealed override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var events = ChangeTracker.Entries<OutboxEvent>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
        var written = await CommitAsync(new Saving(events.Count > 0, token => base.SaveChangesAsync(acceptAllChangesOnSuccess, token)), cancellationToken);
        changes.Tell(events);
        return written;
    }

    /// <summary>Runs one UPDATE or DELETE statement that loads nothing. Waits for its turn where the database has one writer.</summary>
    public virtual Task<int> WriteAsync(Func<CancellationToken, Task<int>> statement, CancellationToken cancellationToken) => statement(cancellationToken);

    /// <summary>Saves in a transaction that has ended when this returns.</summary>
    protected abstract Task<int> CommitAsync(Saving saving, CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(KinopressDbContext).Assembly);
        SnakeCaseNames.Apply(modelBuilder.Model);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ConvertId<User>(configurationBuilder);
        ConvertId<AccessToken>(configurationBuilder);
        ConvertId<Channel>(configurationBuilder);
        ConvertId<Video>(configurationBuilder);
        ConvertId<VideoSource>(configurationBuilder);
        ConvertId<Rendition>(configurationBuilder);
        ConvertId<RenditionChunk>(configurationBuilder);
        ConvertId<VideoImage>(configurationBuilder);
        ConvertId<Live>(configurationBuilder);
        ConvertId<LiveSession>(configurationBuilder);
        ConvertId<LiveMarker>(configurationBuilder);
        ConvertId<ChatMessage>(configurationBuilder);
        ConvertId<ChatEmote>(configurationBuilder);
        ConvertId<ChatRestriction>(configurationBuilder);
        ConvertId<Destination>(configurationBuilder);
        ConvertId<Upload>(configurationBuilder);
        ConvertId<Job>(configurationBuilder);

        // Words, not numbers, in the database: readable, and safe against reordered members.
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    private static void ConvertId<T>(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Id<T>>().HaveConversion<IdConverter<T>>();

    /// <summary>What a context is about to write.</summary>
    protected sealed record Saving(bool WritesEvents, Func<CancellationToken, Task<int>> RunAsync);
}
