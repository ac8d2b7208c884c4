using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Storage;
using Kinopress.Media.Live;

namespace Kinopress.Core.Tests.OnAir;

/// <summary>The bytes behind a playlist, and when they are let go of.</summary>
public sealed class SegmentStoreTests
{
    private const int BytesOfPart = 100;

    private readonly SegmentStore _store = new();

    [Fact]
    public void An_init_that_is_not_there_is_not_an_empty_one()
    {
        Assert.Null(_store.FindInit(1));
    }

    [Fact]
    public void Memory_is_let_go_of_once_the_disk_has_it()
    {
        Add(1, 2, 3, 4);
        Place(1, 3);

        var nowhere = _store.ReleaseBefore(4, lost: 0);

        Assert.Null(nowhere);
        Assert.Equal(2 * BytesOfPart, _store.SizeInMemory);
        Assert.NotNull(_store.FindFile(1));
        Assert.Null(_store.FindParts(3));
    }

    [Fact]
    public void What_the_disk_took_late_is_let_go_of_later()
    {
        Add(1, 2, 3);
        Place(2);
        _store.ReleaseBefore(3, lost: 0);
        Place(1);

        _store.ReleaseBefore(3, lost: 0);

        Assert.Equal(BytesOfPart, _store.SizeInMemory);
    }

    [Fact]
    public void What_the_disk_never_took_is_let_go_of_and_nowhere()
    {
        Add(1, 2, 3, 4);
        Place(3);

        var nowhere = _store.ReleaseBefore(4, lost: 3);

        Assert.Equal(2, nowhere);
        Assert.Equal(BytesOfPart, _store.SizeInMemory);
        Assert.Null(_store.ReleaseBefore(4, lost: 3));
    }

    [Fact]
    public void A_quality_that_begins_late_forgets_from_its_own_beginning()
    {
        Add(20_000, 20_001);

        _store.RemoveBefore(20_001);
        var left = _store.SizeInMemory;
        _store.RemoveBefore(long.MaxValue);

        Assert.Equal((BytesOfPart, 0), (left, _store.SizeInMemory));
    }

    private void Add(params ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            _store.Add(new LivePart
            {
                MediaSequence = number,
                Index = 0,
                InitNumber = 1,
                Start = TimeSpan.FromSeconds(number),
                Duration = TimeSpan.FromSeconds(1),
                IsIndependent = true,
                IsDiscontinuity = false,
                SegmentProgramDateTime = DateTimeOffset.UnixEpoch,
                CompositionDelay = TimeSpan.Zero,
                Bytes = SharedBytes.Copy(new byte[BytesOfPart]),
            });
        }
    }

    private void Place(params ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            _store.Place(new RecordedSegment(number, 0, BytesOfPart, TimeSpan.Zero, TimeSpan.FromSeconds(1), IsIndependent: true, DateTimeOffset.UnixEpoch), "file");
        }
    }
}
