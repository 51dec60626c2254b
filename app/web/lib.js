// The one place that names the library; everything drawn goes through `html`, which writes text as text.
export {
  html, render, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState,
} from "./vendor/preact.js";
