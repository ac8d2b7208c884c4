using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;

namespace Kinopress.Server.Site;

/// <summary>A planned live for the visitor's own calendar, which reminds him: iCalendar (RFC 5545).</summary>
internal static class LiveCalendar
{
    private const string Type = "text/calendar; charset=utf-8";

    // Nobody says how long it will be; an event without an end would be drawn as a line.
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(10);

    /// <summary>Of a planned live; there is none for what is not planned, or not for this visitor.</summary>
    public static async Task<IResult> GetAsync(string publicId, Caller caller, LiveQueries lives, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await lives.GetAsync(publicId, caller, cancellationToken)).Failed(out _, out var live) || live is not { State: LiveState.Waiting, ScheduledAt: { } begins })
        {
            return TypedResults.NotFound();
        }

        var address = PageRenderer.Absolute(context, MediaUrls.Watch(publicId));
        var planned = new CalendarEvent
        {
            Uid = $"{publicId}@{context.Request.Host.Host}", // stays, so that adding it again moves the one that is there
            Summary = live.Title,
            Description = address,
            Url = new Uri(address),
            Start = At(begins),
            End = At(begins + Length),
        };
        planned.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = live.Title, Trigger = new Trigger(Duration.FromTimeSpanExact(-Before)) });
        var calendar = new Calendar { ProductId = "-//Kinopress//Lives//EN" };
        calendar.Events.Add(planned);
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Text(new CalendarSerializer().SerializeToString(calendar) ?? "", Type);
    }

    private static CalDateTime At(DateTimeOffset moment) => new(moment.UtcDateTime, CalDateTime.UtcTzId);
}
