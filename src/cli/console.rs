//! Whether the window that the program runs in is its own.
//!
//! Refuses: to guess by names of programs or variables; the system is asked.

/// Whether the program's console was opened for it alone and closes with it, as after a double-click in Windows' Explorer.
#[cfg(windows)]
pub fn is_own() -> bool {
    let mut attached = [0_u32; 2];
    #[expect(unsafe_code, reason = "the system's own question; no crate asks it")]
    // SAFETY: the buffer holds the two numbers that it is said to hold.
    let count =
        unsafe { windows_sys::Win32::System::Console::GetConsoleProcessList(attached.as_mut_ptr(), 2) };
    // One: this program alone. None: no console at all, as from a shortcut that hides it.
    count <= 1
}

/// Elsewhere a double-click opens a terminal that stays, or none.
#[cfg(not(windows))]
pub const fn is_own() -> bool {
    false
}
