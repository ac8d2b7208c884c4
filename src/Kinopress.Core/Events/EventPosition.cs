using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Events;

/// <summary>How far a reaction has read the outbox.</summary>
public sealed class EventPosition
{
    public required string Reaction { get; init; }

    /// <summary>The last event it has handled.</summary>
    public required long Seq { get; set; }
}

internal sealed class EventPositionModel : IEntityTypeConfiguration<EventPosition>
{
    public void Configure(EntityTypeBuilder<EventPosition> builder)
    {
        builder.ToTable("event_positions");
        builder.HasKey(position => position.Reaction);
        builder.Property(position => position.Reaction).HasMaxLength(128);
    }
}
