using System.Text.Json.Serialization;

namespace Kinopress.Core.Events;

/// <summary>Something that happened, in the past tense. Serialised into the outbox; its fields may grow, never change meaning.</summary>
public abstract record SiteEvent
{
    /// <summary>The stable name in the outbox, webhooks and feeds: <c>video.published</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}
