using System.Text;
using FsCheck;
using FsCheck.Fluent;
using JupyterHub.Core.Addressing;

namespace JupyterHub.Core.Tests.Addressing;

public class RequestTargetPropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    // Every name that a path can carry: any text without null, except the two that mean "here" and "above".
    private static Gen<string> Names =>
        from runes in Gen.ListOf(Gen.OneOf(
            Gen.Choose(1, 0x7F), Gen.Choose(0x80, 0xD7FF), Gen.Choose(0xE000, 0x10FFFF), Gen.Elements<int>('/', '%', '.', '+', '\\', '2', 'F')))
        let name = string.Concat(runes.Select(rune => new Rune(rune).ToString()))
        where name is not ("" or "." or "..")
        select name;

    [Fact]
    public void A_name_that_is_escaped_into_a_path_comes_out_the_same() =>
        Prop.ForAll(Names.ArrayOf(3).ToArbitrary(), names =>
        {
            var raw = $"/user/{string.Join('/', names.Select(PathNames.Escape))}/";
            Assert.True(RequestTarget.TryParse(raw, out var target, out var error), error.ToString());
            Assert.Equal(["user", .. names, ""], Enumerable.Range(0, target.SegmentCount).Select(target.SegmentText));
        }).Check(Runs);

    [Fact]
    public void Escaping_every_byte_changes_nothing_about_what_is_named() =>
        Prop.ForAll(Names.ToArbitrary(), name =>
        {
            var raw = "/" + string.Concat(Encoding.UTF8.GetBytes(name).Select(value => $"%{value:x2}"));
            Assert.True(RequestTarget.TryParse(raw, out var target, out _));
            Assert.Equal(name, target.SegmentText(0));
        }).Check(Runs);

    [Fact]
    public void Any_bytes_either_are_refused_or_read_as_one_segment_per_slash()
    {
        var raws = Gen.ListOf(Gen.OneOf(
            Gen.Elements("/", "%", ".", "%2e", "%2F", "%25", "a", "\\", "//", "?", "#", "%c3%a9", "%ff"),
            Gen.Choose(0, 0xFF).Select(value => ((char)value).ToString()))).Select(parts => "/" + string.Concat(parts));
        Prop.ForAll(raws.ToArbitrary(), raw =>
        {
            if (!RequestTarget.TryParse(raw, out var target, out var error))
            {
                Assert.NotEqual(RequestTargetError.None, error);
                return;
            }

            Assert.Equal(raw.Split('?')[0].Count(c => c == '/'), target.SegmentCount);
            for (var index = 0; index < target.SegmentCount; index++)
            {
                var text = target.SegmentText(index);
                Assert.False(text is "." or "..");
                Assert.DoesNotContain('\0', text);
                Assert.Equal(Uri.UnescapeDataString(target.RawSegment(index).ToString()), text);
            }
        }).Check(Runs);
    }
}
