using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Events;

/// <summary>One line of the outbox: what happened, in the order in which it was committed.</summary>
public sealed class OutboxEvent
{
    /// <summary>Strictly rising in commit order; gaps are possible. 0 until saved.</summary>
    public long Seq { get; private set; }

    public required string Kind { get; init; }

    /// <summary>The event's fields as JSON.</summary>
    public required string Payload { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public static OutboxEvent Of<TEvent>(TEvent happened, DateTimeOffset at)
        where TEvent : SiteEvent => new()
        {
            Kind = happened.Kind,
            Payload = JsonSerializer.Serialize(happened, happened.GetType(), JsonSerializerOptions.Web),
            OccurredAt = at,
        };

    public TEvent Read<TEvent>()
        where TEvent : SiteEvent =>
        JsonSerializer.Deserialize<TEvent>(Payload, JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException($"Event {Seq} ({Kind}) has no payload.");
}

internal sealed class OutboxEventModel : IEntityTypeConfiguration<OutboxEvent>
{
    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(happened => happened.Seq);
        builder.Property(happened => happened.Seq).ValueGeneratedOnAdd();
        builder.Property(happened => happened.Kind).HasMaxLength(64);
    }
}
