#if canImport(Glibc)
    import Glibc
#endif

/// All that this process may have written: heap, stacks, and every other page that is not a file's own.
///
/// What is searched for is given under a mask, so that the search itself puts it nowhere but in its own workspace, which
/// it leaves out.
struct ProcessMemory: ~Copyable {
    static let mask: UInt8 = 0xa5

    private static let workspaceByteCount = 1 << 20
    private static let needleCapacity = 64
    private let workspace: UnsafeMutableRawPointer
    private let descriptor: Int32

    init() {
        workspace = mmap(
            nil, Self.workspaceByteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        descriptor = open("/proc/self/mem", O_RDONLY)
        precondition(descriptor >= 0)
    }

    deinit {
        munmap(workspace, Self.workspaceByteCount)
        close(descriptor)
    }

    func contains(masked: [UInt8]) -> Bool {
        precondition((16...Self.needleCapacity).contains(masked.count))
        for (position, byte) in masked.enumerated() {
            workspace.storeBytes(of: byte ^ Self.mask, toByteOffset: position, as: UInt8.self)
        }
        return regions.contains { contains(needleOf: masked.count, in: $0) }
    }

    private func contains(needleOf count: Int, in region: Range<UInt>) -> Bool {
        let window = workspace + Self.needleCapacity
        let capacity = Self.workspaceByteCount - Self.needleCapacity
        var address = region.lowerBound
        while address < region.upperBound {
            let wanted = min(capacity, Int(region.upperBound - address))
            let read = pread(descriptor, window, wanted, Int(bitPattern: address))
            guard read > 0 else { return false }
            if isFound(count, in: UnsafeRawBufferPointer(start: window, count: read)) { return true }
            // The next window begins so early that nothing lies across the border.
            guard read > count else { return false }
            address += UInt(read == wanted && wanted < capacity ? read : read - count)
        }
        return false
    }

    /// Looks for a byte of the needle that is not zero, as most of memory is, and compares where it stands.
    private func isFound(_ count: Int, in window: UnsafeRawBufferPointer) -> Bool {
        let needle = UnsafeRawBufferPointer(start: workspace, count: count)
        guard let anchor = needle.firstIndex(where: { $0 != 0 }), let base = window.baseAddress else { return false }
        var position = anchor
        while position < window.count,
            let hit = memchr(base + position, Int32(needle[anchor]), window.count - position)
        {
            let start = UnsafeRawPointer(hit) - base - anchor
            if start + count <= window.count, memcmp(base + start, workspace, count) == 0 { return true }
            position = start + anchor + 1
        }
        return false
    }

    private var regions: [Range<UInt>] {
        let own = UInt(bitPattern: workspace)..<(UInt(bitPattern: workspace) + UInt(Self.workspaceByteCount))
        return Self.mappings.flatMap { region -> [Range<UInt>] in
            guard region.overlaps(own) else { return [region] }
            return [
                region.lowerBound..<max(region.lowerBound, own.lowerBound),
                own.upperBound..<max(own.upperBound, region.upperBound),
            ]
            .filter { !$0.isEmpty }
        }
    }

    /// Lines are: begin-end, rights, offset, device, inode, name.
    private static var mappings: [Range<UInt>] {
        text(of: "/proc/self/maps").split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            let isOwn = fields[4] == "0" && !(fields.last?.hasPrefix("[v") ?? false)
            guard ends.count == 2, fields[1].hasPrefix("r"), isOwn || fields[1].contains("w") else { return nil }
            return ends[0]..<ends[1]
        }
    }

    private static func text(of path: String) -> String {
        let file = open(path, O_RDONLY)
        defer { close(file) }
        var (text, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = read(file, &chunk, chunk.count), count > 0 { text += chunk[..<count] }
        return String(decoding: text, as: UTF8.self)
    }
}
