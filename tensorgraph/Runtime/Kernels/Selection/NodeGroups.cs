using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Groups of a model's nodes that can each run as one node: no path leads out of a group and back in.</summary>
internal sealed class NodeGroups
{
    private readonly NodeProto[] _nodes;
    private readonly List<int>[] _consumers;
    private readonly Dictionary<string, int> _makers = [];
    private readonly Dictionary<string, List<int>> _readers = [];
    private readonly List<int>?[] _groupOf;
    private readonly Func<NodeProto, bool> _isSum;

    /// <summary>Begins with no groups.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="isSum">Whether a node's result is complete only when its group has run: no other node of the group can read it.</param>
    internal NodeGroups(GraphProto graph, Func<NodeProto, bool> isSum)
    {
        _isSum = isSum;
        _nodes = [.. graph.Node];
        _groupOf = new List<int>?[_nodes.Length];
        _consumers = [.. _nodes.Select(_ => new List<int>())];
        for (int i = 0; i < _nodes.Length; i++)
        {
            foreach (string output in _nodes[i].Output)
            {
                _makers[output] = i;
            }
        }

        for (int i = 0; i < _nodes.Length; i++)
        {
            foreach (string input in _nodes[i].Input.Distinct())
            {
                if (_makers.TryGetValue(input, out int maker))
                {
                    _consumers[maker].Add(i);
                }

                if (!_readers.TryGetValue(input, out List<int>? readers))
                {
                    _readers.Add(input, readers = []);
                }

                readers.Add(i);
            }
        }
    }

    /// <summary>The groups, each in the order of its nodes.</summary>
    internal IEnumerable<NodeProto[]> All =>
        _groupOf.OfType<List<int>>().Distinct().Select(g => g.Order().Select(i => _nodes[i]).ToArray());

    /// <summary>Makes a node a group, joined with the groups of makers and readers of some inputs where that is possible.</summary>
    /// <param name="index">The node's place.</param>
    /// <param name="inputs">The inputs that are worth reading only once.</param>
    /// <param name="canJoin">Whether a node of another group is of the same kind.</param>
    internal void Add(int index, IEnumerable<string> inputs, Func<NodeProto, bool> canJoin)
    {
        List<int> group = [index];
        foreach (List<int> other in Neighbours(inputs).Where(g => canJoin(_nodes[g[0]])).Distinct().ToArray())
        {
            List<int> joined = [.. group, .. other];
            if (!LeadsBack(joined))
            {
                group = joined;
            }
        }

        foreach (int node in group)
        {
            _groupOf[node] = group;
        }
    }

    private IEnumerable<List<int>> Neighbours(IEnumerable<string> inputs) =>
        inputs.SelectMany(i => (_makers.TryGetValue(i, out int maker) ? [maker] : Array.Empty<int>()).Concat(_readers[i]))
            .Select(n => _groupOf[n])
            .OfType<List<int>>();

    private bool LeadsBack(List<int> group)
    {
        bool[] isMember = new bool[_nodes.Length], isSeen = new bool[_nodes.Length];
        group.ForEach(n => isMember[n] = true);
        if (group.Any(n => _isSum(_nodes[n]) && _consumers[n].Any(c => isMember[c])))
        {
            return true;
        }

        Stack<int> pending = new(group.SelectMany(n => _consumers[n]).Where(n => !isMember[n]));
        while (pending.TryPop(out int node))
        {
            if (isMember[node])
            {
                return true;
            }

            if (isSeen[node])
            {
                continue;
            }

            // A node runs with its group: whatever any of them leads to comes after all of them.
            foreach (int together in _groupOf[node] ?? [node])
            {
                isSeen[together] = true;
                _consumers[together].ForEach(pending.Push);
            }
        }

        return false;
    }
}
