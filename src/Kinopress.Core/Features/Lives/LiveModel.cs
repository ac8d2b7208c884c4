using Kinopress.Core.Features.Videos;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Lives;

internal sealed class LiveModel : IEntityTypeConfiguration<Live>
{
    public void Configure(EntityTypeBuilder<Live> builder)
    {
        builder.ToTable("lives");
        builder.HasKey(live => live.Id);
        builder.Property(live => live.PublicId).HasMaxLength(11);
        builder.Property(live => live.Title).HasMaxLength(VideoDetails.MaxTitleLength * 4);
        builder.Property(live => live.StreamKeyHash).HasMaxLength(32);
        builder.Ignore(live => live.IsOnAir);
        builder.Ignore(live => live.Details);

        // A person's edit and the broadcast's own steps may meet: each is refused or tried again, none is lost.
        builder.Property(live => live.Revision).IsConcurrencyToken();
        builder.Property(live => live.State).IsConcurrencyToken();

        builder.HasIndex(live => live.PublicId).IsUnique().HasDatabaseName("ix_lives_public_id");
        builder.HasIndex(live => live.StreamKeyHash).IsUnique().HasDatabaseName("ix_lives_stream_key_hash");

        // Lists: what is on air, the newest first; what is planned, the next first; what a channel's people see.
        builder.HasIndex(live => new { live.State, live.StartedAt, live.Id }).HasDatabaseName("ix_lives_state_started_at");
        builder.HasIndex(live => new { live.State, live.ScheduledAt, live.Id }).HasDatabaseName("ix_lives_state_scheduled_at");
        builder.HasIndex(live => new { live.ChannelId, live.CreatedAt, live.Id }).HasDatabaseName("ix_lives_channel_created_at");

        builder.HasOne(live => live.Channel).WithMany().HasForeignKey(live => live.ChannelId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LiveSessionModel : IEntityTypeConfiguration<LiveSession>
{
    public void Configure(EntityTypeBuilder<LiveSession> builder)
    {
        builder.ToTable("live_sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Title).HasMaxLength(VideoDetails.MaxTitleLength * 4);
        builder.Property(session => session.RecordingFolder).HasMaxLength(64);
        builder.Property(session => session.Node).HasMaxLength(64);
        builder.Property(session => session.EncoderName).HasMaxLength(LiveSession.MaxEncoderNameLength * 4);
        builder.Property(session => session.EndedAt).IsConcurrencyToken();
        builder.Property(session => session.SettledAt).IsConcurrencyToken();
        builder.Ignore(session => session.ReplayId);
        builder.HasIndex(session => new { session.LiveId, session.Number }).IsUnique().HasDatabaseName("ix_live_sessions_live_number");

        // After a crash: what is unfinished.
        builder.HasIndex(session => session.SettledAt).HasDatabaseName("ix_live_sessions_settled_at");

        builder.HasOne<Live>().WithMany().HasForeignKey(session => session.LiveId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Video>().WithMany().HasForeignKey(session => session.ReplayVideoId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class LiveClipSourceModel : IEntityTypeConfiguration<LiveClipSource>
{
    public void Configure(EntityTypeBuilder<LiveClipSource> builder)
    {
        builder.ToTable("live_clip_sources");
        builder.HasKey(source => source.VideoId);
        builder.HasIndex(source => source.LiveId).HasDatabaseName("ix_live_clip_sources_live");
        builder.HasOne<Video>().WithOne().HasForeignKey<LiveClipSource>(source => source.VideoId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Live>().WithMany().HasForeignKey(source => source.LiveId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LiveMarkerModel : IEntityTypeConfiguration<LiveMarker>
{
    public void Configure(EntityTypeBuilder<LiveMarker> builder)
    {
        builder.ToTable("live_markers");
        builder.HasKey(marker => marker.Id);
        builder.Property(marker => marker.Title).HasMaxLength(LiveMarker.MaxTitleLength * 4);
        builder.HasIndex(marker => new { marker.SessionId, marker.OffsetInMilliseconds }).HasDatabaseName("ix_live_markers_session_offset");
        builder.HasOne<LiveSession>().WithMany().HasForeignKey(marker => marker.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
