namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>How two observations differ: <c>- </c> before lines that only the original shows, <c>+ </c> before those that only ours does.</summary>
internal static class Difference
{
    public static IReadOnlyList<string> Between(IReadOnlyList<string> theirs, IReadOnlyList<string> ours)
    {
        // Length of the longest common rest from each pair of places on.
        var common = new int[theirs.Count + 1, ours.Count + 1];
        for (var left = theirs.Count - 1; left >= 0; left--)
        {
            for (var right = ours.Count - 1; right >= 0; right--)
            {
                common[left, right] = theirs[left] == ours[right]
                    ? common[left + 1, right + 1] + 1
                    : Math.Max(common[left + 1, right], common[left, right + 1]);
            }
        }

        var lines = new List<string>();
        for (int left = 0, right = 0; left < theirs.Count || right < ours.Count;)
        {
            if (left < theirs.Count && right < ours.Count && theirs[left] == ours[right])
            {
                left++;
                right++;
            }
            else if (right == ours.Count || (left < theirs.Count && common[left + 1, right] >= common[left, right + 1]))
            {
                lines.Add("- " + theirs[left++]);
            }
            else
            {
                lines.Add("+ " + ours[right++]);
            }
        }

        return lines;
    }
}
