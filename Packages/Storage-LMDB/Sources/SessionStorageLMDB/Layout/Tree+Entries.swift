import SessionInterfaces

/// The entries of a table: where short and long keys become one order again.
extension Tree {
    func value(of key: [UInt8], in table: TableNumber) throws -> UnsafeRawBufferPointer? {
        let stored = StoredKey.entry(table, key)
        guard key.count >= StoredKey.headSize else { return try value(of: stored) }
        let number = try longKeys(at: stored).number(of: key[StoredKey.headSize...])
        return try number.map { try longValue($0) }
    }

    /// Sets the value of `key`, unless it has one that is to stay; says whether it had none.
    func put(_ value: [UInt8], for key: [UInt8], in table: TableNumber, replacing: Bool) throws -> Bool {
        let stored = StoredKey.entry(table, key)
        guard key.count >= StoredKey.headSize else {
            let isNew = try insert(value, for: stored)
            if !isNew, replacing { try put(value, for: stored) }
            return isNew
        }
        let rest = key[StoredKey.headSize...]
        var keys = try longKeys(at: stored)
        if let number = keys.number(of: rest) {
            if replacing { try put(value, for: StoredKey.longValue(number)) }
            return false
        }
        let number = try nextLongValue()
        keys.insert(rest, number: number)
        try put(keys.stored, for: stored)
        try put(value, for: StoredKey.longValue(number))
        return true
    }

    /// Says whether `key` was there.
    func remove(_ key: [UInt8], from table: TableNumber) throws -> Bool {
        let stored = StoredKey.entry(table, key)
        guard key.count >= StoredKey.headSize else { return try remove(stored) }
        let rest = key[StoredKey.headSize...]
        var keys = try longKeys(at: stored)
        guard let number = keys.number(of: rest) else { return false }
        keys.remove(rest)
        if keys.elements.isEmpty {
            _ = try remove(stored)
        } else {
            try put(keys.stored, for: stored)
        }
        return try remove(StoredKey.longValue(number))
    }

    /// Visits the entries of `range` in order until `body` returns `.stop`.
    func scan(
        _ table: TableNumber, _ range: KeyRange, _ direction: ScanDirection,
        _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) throws -> ScanStep
    ) throws {
        let start =
            switch direction {
            case .forward: StoredKey.entry(table, range.lower ?? [])
            case .backward: range.upper.map { StoredKey.entry(table, $0) } ?? StoredKey.end(table)
            }
        try range.withBounds { bounds in
            try walk(from: start, direction) { stored, value in
                guard table.owns(stored) else { return .stop }
                let key = UnsafeRawBufferPointer(rebasing: stored[StoredKey.prefixSize...])
                guard key.count == StoredKey.headSize else {
                    return try visit(key, value, bounds, direction, body)
                }
                let elements = try LongKeys(stored: value).elements
                for element in direction == .forward ? elements : elements.reversed() {
                    let step = try (Array(key) + element.rest).withUnsafeBytes {
                        try visit($0, longValue(element.number), bounds, direction, body)
                    }
                    if step == .stop { return .stop }
                }
                return .next
            }
        }
    }

    /// Removes the entries of `range` up to the first long key; returns how many there were.
    func removeShort(_ range: KeyRange, from table: TableNumber) throws -> Int {
        try range.withBounds { bounds in
            try removeAll(from: StoredKey.entry(table, range.lower ?? [])) { stored in
                guard table.owns(stored), stored.count < StoredKey.maximumSize else { return false }
                let key = UnsafeRawBufferPointer(rebasing: stored[StoredKey.prefixSize...])
                return !bounds.isBelow(key) && !bounds.isAbove(key)
            }
        }
    }

    /// Shows an entry to `body` when it is in the range; stops behind the range.
    private func visit(
        _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, _ bounds: KeyBounds,
        _ direction: ScanDirection,
        _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> ScanStep
    ) throws -> ScanStep {
        if bounds.isBelow(key) { return direction == .forward ? .next : .stop }
        if bounds.isAbove(key) { return direction == .forward ? .stop : .next }
        return try body(key, value)
    }

    private func longKeys(at stored: [UInt8]) throws -> LongKeys {
        try value(of: stored).map(LongKeys.init(stored:)) ?? LongKeys()
    }

    private func longValue(_ number: UInt64) throws -> UnsafeRawBufferPointer {
        guard let value = try value(of: StoredKey.longValue(number)) else {
            throw StoreError(.corrupted, "the value of a long key is missing")
        }
        return value
    }

    /// One more than the highest number in use.
    private func nextLongValue() throws -> UInt64 {
        var next: UInt64 = 0
        try walk(from: StoredKey.afterLongValues, .backward) { key, _ in
            guard key.starts(with: [0xff, 0xff]) else { return .stop }
            let (number, overflow) = UInt64(bigEndian: key.dropFirst(2)).addingReportingOverflow(1)
            guard !overflow else { throw StoreError(.corrupted, "the number of a long key is out of range") }
            next = number
            return .stop
        }
        return next
    }
}
